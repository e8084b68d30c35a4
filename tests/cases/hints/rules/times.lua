return ruleset { rate = field.actual / field.target × 100 }
