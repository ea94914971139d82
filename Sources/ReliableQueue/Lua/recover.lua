-- recover: takes expired claims whole and puts their tasks on the retry list, or among the dead letters those that lost
-- their worker too often. Safe to call twice and from many monitors: a claim is taken only while it is expired.
--
-- A task's first loss always counts, later ones only when the worker had confirmed that it starts.
--
-- Whom it buries is known here only, and every key must be among KEYS: a claim with a dead letter that asked for its result is
-- left as it is, and the task named, for a call that brings the key of that result.
--
-- KEYS  1 leases  2 retry  3 wake  4 redeliveries  5 failures  6 dead  7 reasons  8... the claims' lists  ... and tasks' results
-- ARGV  1 most redeliveries  2 most tasks in this call  3 how many claims  4... the claims' ids  ... and the tasks' ids
-- Returns {claims looked at, tasks for retry, dead letters, {id of a task whose result's key is missing...}}; it stops before
--       the claim that would exceed the most tasks.
-- Cost  O(tasks recovered).
local now, most, budget, claims = now_ms(), tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local looked, recovered, dead, results, missing = 0, 0, 0, {}, {}
for i = 4 + claims, #ARGV do results[ARGV[i]] = KEYS[i + 4] end

-- How often each of a claim's tasks has lost its worker by now.
local function losses_of(list)
    local losses, is_redelivery = {}, string.find(list[1], 'r', 1, true)
    local is_confirmed = string.find(list[1], 'c', 1, true)
    for i = 2, #list do
        losses[i] = 1
        if is_redelivery then
            local before = redis.call('HGET', KEYS[4], task_id(list[i])) or '0'
            losses[i] = tonumber(before) + (is_confirmed and 1 or 0)
        end
    end
    return losses
end

-- Names those to bury whose results can't be kept for want of their keys; true when there is none.
local function has_keys(list, losses)
    local before = #missing
    for i = 2, #list do
        if losses[i] > most and kept_for(list[i]) and not results[task_id(list[i])] then
            missing[#missing + 1] = task_id(list[i])
        end
    end
    return #missing == before
end

-- Sorts a claim's tasks into those to retry and those to bury, and counts the loss.
local function take(list, losses)
    local retry, counts = {}, {}
    for i = 2, #list do
        if losses[i] > most then
            local result = results[task_id(list[i])]
            bury(list[i], vanished(losses[i]), KEYS[4], KEYS[5], KEYS[6], KEYS[7], result)
            dead = dead + 1
        else
            retry[#retry + 1] = list[i]
            counts[#counts + 1] = task_id(list[i])
            counts[#counts + 1] = losses[i]
        end
    end
    each_chunk('HSET', KEYS[4], counts, 1, #counts)
    each_chunk('RPUSH', KEYS[2], retry, 1, #retry)
    recovered = recovered + #retry
end

for i = 1, claims do
    local id, list_key = ARGV[i + 3], KEYS[i + 7]
    local score = redis.call('ZSCORE', KEYS[1], id)
    if score and tonumber(score) <= now then
        local length = redis.call('LLEN', list_key) - 1
        if looked > 0 and recovered + dead + length > budget then break end
        local list = redis.call('LRANGE', list_key, 0, -1)
        local losses = list[1] and losses_of(list)
        if not losses or has_keys(list, losses) then
            redis.call('ZREM', KEYS[1], id)
            redis.call('DEL', list_key)
            if losses then take(list, losses) end
        end
    end
    looked = looked + 1
end
if recovered > 0 then wake(KEYS[3]) end
return {looked, recovered, dead, missing}
