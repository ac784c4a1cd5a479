"""Legal support: cards of rights, the hotline's rota, observers, people in custody and street reports."""
