-- ack_tasks: ends some tasks of a claim, by name.
--
-- KEYS  1 the claim's list  2 leases  3 redeliveries  4 failures
-- ARGV  1 claim id  2 token  3... elements
-- Returns 1 or 0 for each element: whether the claim held it. All 0 when the claim is gone or another's.
-- Cost  O(elements × tasks of the claim).
local header = redis.call('LINDEX', KEYS[1], 0)
local held = header and holds(header, ARGV[2])
local answers = {}
for i = 3, #ARGV do
    local removed = held and redis.call('LREM', KEYS[1], 1, ARGV[i]) or 0
    if removed == 1 and header ~= ARGV[2] then
        redis.call('HDEL', KEYS[3], task_id(ARGV[i]))
        redis.call('HDEL', KEYS[4], task_id(ARGV[i]))
    end
    answers[i - 2] = removed
end
if held then end_if_empty(KEYS[1], KEYS[2], ARGV[1]) end
return answers
