"""Rate limits on the codes and words of sheets, by the account that types them."""

from massline.web.rate_limits import Limiter

# A sitting lasts half an hour, and its code has six digits.
JOIN_ACCOUNT = Limiter("code of a sitting, by account", per=5, seconds=1500)
WORDS_ACCOUNT = Limiter("words of a sheet, by account", per=8, seconds=900)
