// Accounts: see the table at the top of Package.swift.
