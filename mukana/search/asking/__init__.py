"""From a question as typed to a plan: what is asked, which words may answer it, how much each counts."""
