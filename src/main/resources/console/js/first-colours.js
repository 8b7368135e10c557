// Before anything is drawn: light or dark, as chosen here or else as the system has it. No module, so that it comes first.
document.documentElement.dataset.colours =
    localStorage.getItem("atmosfera.colours")
    ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
