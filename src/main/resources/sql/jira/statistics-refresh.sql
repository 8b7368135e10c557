-- Lets the planner see what a sync has brought, where that is much.
SELECT refresh_ticket_statistics() AS refreshed
