return ruleset { rate = field.실적 / field.목표 * 100 }
