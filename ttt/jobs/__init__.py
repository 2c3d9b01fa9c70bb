"""Durable background work on DBOS: workflows, queues and schedules."""
