"""What people look at: the findings of a case in the terminal and as one offline HTML page. Read-only."""
