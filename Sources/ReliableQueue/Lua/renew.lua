-- renew: lengthens leases that exist. A claim is renewed by name, never "all of a worker's", so that one that the
-- worker does not know it has runs out.
--
-- KEYS  1 leases  2... the claims' lists
-- ARGV  claim id, token, lease in ms, for each claim
-- Returns 1 or 0 for each claim: 0 when it is gone or another's.
-- Cost  O(claims × log leases).
local now, answers = now_ms(), {}
for i = 2, #KEYS do
    local at = (i - 2) * 3
    local header = redis.call('LINDEX', KEYS[i], 0)
    local held = header and holds(header, ARGV[at + 2])
    if held then
        redis.call('ZADD', KEYS[1], 'XX', 'GT', now + tonumber(ARGV[at + 3]), ARGV[at + 1])
    end
    answers[i - 1] = held and 1 or 0
end
return answers
