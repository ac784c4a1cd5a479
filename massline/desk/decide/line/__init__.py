"""How broad, how bold: demands by support and reach, and packages of them."""
