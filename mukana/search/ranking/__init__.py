"""From a plan to scored entries and the reasons why."""
