"""Every way out of a shortage, one idea a file: how it is found, what it costs, and how it is done."""
