"""Questions by rule: numbers, tables, quotations, acronyms, clauses …, each cited to its exact characters."""
