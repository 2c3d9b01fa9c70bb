"""Who there is: accounts, their roles and rules, passwords, and the trail of what was done."""
