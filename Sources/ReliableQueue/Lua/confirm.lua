-- confirm: notes that the worker is about to start a claim that holds redelivered tasks. Only then does its loss count
-- against them: a claim whose reply was lost was never run by anybody.
--
-- KEYS  1 the claim's list
-- ARGV  1 token
-- Returns 1, or 0 when the claim is gone or another's.
-- Cost  O(1).
local header = redis.call('LINDEX', KEYS[1], 0)
if not header or not holds(header, ARGV[1]) then
    return 0
end
redis.call('LSET', KEYS[1], 0, ARGV[1] .. ':rc')
return 1
