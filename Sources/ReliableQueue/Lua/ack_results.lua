-- ack_results: ends some tasks of a claim, by name, as ack_tasks does, and keeps the results that were asked for. What the
-- claim does not hold leaves no result.
--
-- KEYS  1 the claim's list  2 leases  3 redeliveries  4 failures  5... where to keep the results, in the tasks' order
-- ARGV  1 claim id  2 token  3... element, result, ms to keep it ('0' for a task that did not ask), for each task
-- Returns 1 or 0 for each task: whether the claim held it. All 0 when the claim is gone or another's.
-- Cost  O(tasks named × tasks of the claim).
local header = redis.call('LINDEX', KEYS[1], 0)
local held = header and holds(header, ARGV[2])
local answers, key = {}, 4
for i = 3, #ARGV, 3 do
    local element, result, ms = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    local removed = held and redis.call('LREM', KEYS[1], 1, element) or 0
    if ms ~= '0' then key = key + 1 end
    if removed == 1 then
        if header ~= ARGV[2] then
            redis.call('HDEL', KEYS[3], task_id(element))
            redis.call('HDEL', KEYS[4], task_id(element))
        end
        if ms ~= '0' then keep_result(KEYS[key], 'done', result, ms) end
    end
    answers[#answers + 1] = removed
end
if held then end_if_empty(KEYS[1], KEYS[2], ARGV[1]) end
return answers
