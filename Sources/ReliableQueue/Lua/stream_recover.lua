-- stream_recover: takes entries that idle for longer than a lease from their claims, and appends their tasks anew to the retry
-- stream, or puts those among the dead letters that lost their worker too often. An entry is never handed on under its old id,
-- so whoever held it can't end it any more.
--
-- A task's first loss always counts, later ones only when the worker had confirmed that it starts: two deliveries then.
--
-- A dead letter that asked for its result is left as it is for a call that brings the key of that, as recover says.
--
-- KEYS  1 the stream  2 pending  3 retry  4 delayed  5 wake  6 redeliveries  7 failures  8 dead  9 reasons  10 epoch
--       11... tasks' results
-- ARGV  1 most redeliveries  2 how many entries to take at most  3 how many to look at  4 after which to begin, '-' for the first
--       5 '1' for the retry stream  6... the ids of those tasks
-- Returns {after which to go on, '-' at the end; tasks for retry; dead letters; entries that are still held; {id of a task whose
--       result's key is missing...}}
-- Cost  O(entries looked at), and ten times that for each one taken.
if waiting_in(KEYS[2]) + waiting_in(KEYS[3]) > 0 or redis.call('ZCOUNT', KEYS[4], '-inf', now_ms()) > 0 then
    wake(KEYS[5])
end
local lease = redis.call('HGET', KEYS[10], 'lease')
if not lease then
    return {'-', 0, 0, 0, {}}
end
local results, missing = {}, {}
for i = 6, #ARGV do results[ARGV[i]] = KEYS[i + 5] end
local most = tonumber(ARGV[1])
local claims, ids, counts, recovered, dead = {}, {}, {}, 0, 0

-- How often an entry's task has lost its worker by now.
local function losses_of(task, deliveries)
    if ARGV[5] ~= '1' then return 1 end
    return tonumber(redis.call('HGET', KEYS[6], task) or '0') + (deliveries >= 2 and 1 or 0)
end

-- Where an entry's task goes; false when it has to stay for want of its result's key.
local function take(element, deliveries)
    local task = task_id(element)
    local losses = losses_of(task, deliveries)
    if losses <= most then
        redis.call('XADD', KEYS[3], '*', 'e', element)
        counts[#counts + 1] = task
        counts[#counts + 1] = losses
        recovered = recovered + 1
    elseif kept_for(element) and not results[task] then
        missing[#missing + 1] = task
        return false
    else
        bury(element, vanished(losses), KEYS[6], KEYS[7], KEYS[8], KEYS[9], results[task])
        dead = dead + 1
    end
    return true
end

local from = ARGV[4] == '-' and '-' or '(' .. ARGV[4]
local held = redis.call('XPENDING', KEYS[1], 'workers', from, '+', ARGV[3])
local last = #held == tonumber(ARGV[3]) and held[#held][1] or '-'
for _, entry in ipairs(held) do
    local id, claim, idle, deliveries = unpack(entry)
    if idle >= tonumber(lease) then
        local found = redis.call('XRANGE', KEYS[1], id, id)[1]
        -- What somebody else has deleted is nothing to recover.
        if not found or take(found[2][2], deliveries) then
            ids[#ids + 1] = id
            claims[claim] = true
        end
        if #ids + #missing == tonumber(ARGV[2]) then
            last = id
            break
        end
    end
end
each_chunk('HSET', KEYS[6], counts, 1, #counts)
remove_entries(KEYS[1], ids)
for claim in pairs(claims) do close_claim(KEYS[1], claim) end
if recovered > 0 then wake(KEYS[5]) end
local _, first = waiting_in(KEYS[2])
local _, second = waiting_in(KEYS[3])
return {last, recovered, dead, first.held + second.held, missing}
