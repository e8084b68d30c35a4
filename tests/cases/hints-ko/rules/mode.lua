return ruleset { rounding = { digits = 1, mode = half_up } }
