-- Stands in front of the scripts that fail a task.

-- Delays a task that threw, and longer each time, or makes it a dead letter when it failed too often. The limits are
-- ARGV[5] to ARGV[8] of either script. A dead letter that asked for its result has the reason kept as that, under the key
-- `result`. Returns {1, delay in ms} or {2, failures}.
local function delay_or_bury(element, reason, delayed, wake_key, failures, redeliveries, dead, reasons, result)
    local times = redis.call('HINCRBY', failures, task_id(element), 1)
    if times > tonumber(ARGV[5]) then
        bury(element, reason, redeliveries, failures, dead, reasons, result)
        return {2, times}
    end
    local delay = math.min(tonumber(ARGV[7]), tonumber(ARGV[6]) * 2 ^ (times - 1))
    delay = math.ceil(delay * tonumber(ARGV[8]))
    redis.call('ZADD', delayed, now_ms() + delay, element)
    wake(wake_key)
    return {1, delay}
end
