// The browser knows its time zone; the server can only guess it from the language. Nothing is sent before the form is.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const chosen = document.querySelector("select[data-guess-zone]");
const isOffered = chosen && [...chosen.options].some((option) => option.value === zone);
if (isOffered && !document.querySelector("[data-part=error-summary]")) chosen.value = zone;
