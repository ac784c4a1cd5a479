"""Tables from other tools: any common file read into rows of text, with a reason for every row that is left out.

`split_into_sheets` takes the bytes of a file apart into sheets, `table.shape_table` finds the headings of one. Nothing here
knows Django or the disk. Messages are English with a `code` and `facts`; pages say them in the reader's language.
"""
