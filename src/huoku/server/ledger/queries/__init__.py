"""Every read of the ledger that is shared by screens, interface, jobs and reports."""
