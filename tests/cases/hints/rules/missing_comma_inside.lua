return ruleset { verdict = { { "부진" key = "sluggish" } } }
