"""What every part of the server stands on: companies, people and their rights, commands, the audit trail, guards."""
