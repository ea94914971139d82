"""One file a question: the answer in two sentences, whose numbers all come from frames."""
