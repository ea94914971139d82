-- Stands in front of the scripts that take a producer's batch.

-- Whether a session's batch is to be appended. Accepts only the batch after the last one accepted. A batch
-- that was seen is answered and not appended again; one further ahead means that batches between were lost with a rollback,
-- and is refused so that the gap cannot be skipped. Returns a status (1 append it, 0 had it already, -1 refused) and the number
-- of the last batch by now.
local function admit(producers, ended, session, number)
    local known = redis.call('HGET', producers, session)
    local last = tonumber(known or redis.call('GET', ended) or '0')
    local batch = tonumber(number)
    if batch <= last then
        -- Written again: WAIT asks the replicas for what its own connection has written.
        if known then redis.call('HSET', producers, session, known) end
        return 0, last
    end
    if batch > last + 1 then return -1, last end
    return 1, batch
end
