"""What every page stands in: browser, process, navigation, notices and cached reads."""
