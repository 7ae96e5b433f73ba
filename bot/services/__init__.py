"""Use cases: plain functions on a session, one transaction each, that know nothing of Slack, HTTP or the drawing."""
