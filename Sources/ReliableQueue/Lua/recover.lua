-- recover: takes expired claims whole and puts their tasks on the retry list, or among the dead letters those that lost
-- their worker too often. Safe to call twice and from many monitors: a claim is taken only while it is expired.
--
-- A task's first loss always counts, later ones only when the worker had confirmed that it starts.
--
-- KEYS  1 leases  2 retry  3 wake  4 redeliveries  5 failures  6 dead  7 reasons  8... the claims' lists
-- ARGV  1 most redeliveries  2 most tasks in this call  3... the claims' ids
-- Returns {claims looked at, tasks for retry, dead letters}; it stops before the claim that would exceed the most tasks.
-- Cost  O(tasks recovered).
local now, most, budget = now_ms(), tonumber(ARGV[1]), tonumber(ARGV[2])
local looked, recovered, dead = 0, 0, 0

-- Sorts a claim's tasks into those to retry and those to bury, and counts the loss.
local function take(list)
    local retry, counts, is_redelivery = {}, {}, string.find(list[1], 'r', 1, true)
    local is_confirmed = string.find(list[1], 'c', 1, true)
    for i = 2, #list do
        local id, times = task_id(list[i]), 1
        if is_redelivery then
            times = tonumber(redis.call('HGET', KEYS[4], id) or '0') + (is_confirmed and 1 or 0)
        end
        if times > most then
            redis.call('HDEL', KEYS[4], id)
            redis.call('HDEL', KEYS[5], id)
            redis.call('HSET', KEYS[7], id, 'its worker vanished ' .. times .. ' times')
            redis.call('RPUSH', KEYS[6], list[i])
            dead = dead + 1
        else
            retry[#retry + 1] = list[i]
            counts[#counts + 1] = id
            counts[#counts + 1] = times
        end
    end
    each_chunk('HSET', KEYS[4], counts, 1, #counts)
    each_chunk('RPUSH', KEYS[2], retry, 1, #retry)
    recovered = recovered + #retry
end

for i = 3, #ARGV do
    local list_key = KEYS[i + 5]
    local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
    if score and tonumber(score) <= now then
        local length = redis.call('LLEN', list_key) - 1
        if looked > 0 and recovered + dead + length > budget then break end
        local list = redis.call('LRANGE', list_key, 0, -1)
        redis.call('ZREM', KEYS[1], ARGV[i])
        redis.call('DEL', list_key)
        if list[1] then take(list) end
    end
    looked = looked + 1
end
if recovered > 0 then wake(KEYS[3]) end
return {looked, recovered, dead}
