"""The audit trail: who did what to what, from where. Every domain writes it (`Work.record`); it is read here."""
