-- stream_recover: takes entries that idle for longer than a lease, and appends their tasks anew to the retry stream, or puts
-- those among the dead letters that lost their worker too often. An entry is never handed on under its old id, so whoever
-- held it can't end it any more.
--
-- A task's first loss always counts, later ones only when the worker had confirmed that it starts: two deliveries then, and
-- this one.
--
-- A dead letter that asked for its result is left for a call that brings the key of that, as recover says: taken over from its
-- claim, but idle for longer than any lease, and with as many deliveries as before.
--
-- KEYS  1 the stream  2 pending  3 retry  4 delayed  5 wake  6 redeliveries  7 failures  8 dead  9 reasons  10 epoch
--       11... tasks' results
-- ARGV  1 most redeliveries  2 how many entries at most  3 where to begin  4 '1' for the retry stream
--       5... the ids of those tasks
-- Returns {where to go on, '0-0' at the end; tasks for retry; dead letters; entries that are still held; {id of a task whose
--       result's key is missing...}}
-- Cost  O(entries), and ten times as many are looked at.
if waiting_in(KEYS[2]) + waiting_in(KEYS[3]) > 0 or redis.call('ZCOUNT', KEYS[4], '-inf', now_ms()) > 0 then
    wake(KEYS[5])
end
local lease = redis.call('HGET', KEYS[10], 'lease')
if not lease then
    return {'0-0', 0, 0, 0, {}}
end
local results, missing = {}, {}
for i = 5, #ARGV do results[ARGV[i]] = KEYS[i + 6] end
local taken = redis.call('XAUTOCLAIM', KEYS[1], 'workers', 'monitor', lease, ARGV[3], 'COUNT', ARGV[2])
local ids, deliveries, counts, recovered, dead = {}, {}, {}, 0, 0
if #taken[2] > 0 then
    local first, last = taken[2][1][1], taken[2][#taken[2]][1]
    for _, entry in ipairs(redis.call('XPENDING', KEYS[1], 'workers', first, last, ARGV[2], 'monitor')) do
        deliveries[entry[1]] = entry[4]
    end
end

local function bury(element, times)
    local id, reason = task_id(element), 'its worker vanished ' .. times .. ' times'
    redis.call('HDEL', KEYS[6], id)
    redis.call('HDEL', KEYS[7], id)
    redis.call('HSET', KEYS[9], id, reason)
    redis.call('RPUSH', KEYS[8], element)
    if results[id] then keep_result(results[id], 'failed', reason, kept_for(element)) end
    dead = dead + 1
end

for _, entry in ipairs(taken[2]) do
    local element = entry[2][2]
    local id, times = task_id(element), 1
    if ARGV[4] == '1' then
        times = tonumber(redis.call('HGET', KEYS[6], id) or '0') + (deliveries[entry[1]] > 2 and 1 or 0)
    end
    if times > tonumber(ARGV[1]) and kept_for(element) and not results[id] then
        missing[#missing + 1] = id
        redis.call(
            'XCLAIM', KEYS[1], 'workers', 'monitor', 0, entry[1], 'IDLE', '4294967295', 'RETRYCOUNT',
            deliveries[entry[1]] - 1, 'JUSTID')
    elseif times > tonumber(ARGV[1]) then
        ids[#ids + 1] = entry[1]
        bury(element, times)
    else
        ids[#ids + 1] = entry[1]
        redis.call('XADD', KEYS[3], '*', 'e', element)
        counts[#counts + 1] = id
        counts[#counts + 1] = times
        recovered = recovered + 1
    end
end
each_chunk('HSET', KEYS[6], counts, 1, #counts)
remove_entries(KEYS[1], ids)
if recovered > 0 then wake(KEYS[5]) end
local _, first = waiting_in(KEYS[2])
local _, second = waiting_in(KEYS[3])
return {taken[1], recovered, dead, first.held + second.held, missing}
