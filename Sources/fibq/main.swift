print("fibq")
