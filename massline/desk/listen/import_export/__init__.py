"""Words and answers from elsewhere: a file is looked at, shown as it would come in, and brought in once somebody says so."""
