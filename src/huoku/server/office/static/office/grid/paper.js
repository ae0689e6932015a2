// A list on paper: opened to be printed.
addEventListener("load", () => print());
