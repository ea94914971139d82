-- enqueue: appends a producer's next batch, once.
--
-- Accepts only the batch after the last one accepted. A batch that was seen is answered and not appended again; one
-- further ahead means that batches between were lost with a rollback, and is refused so that the gap cannot be skipped.
--
-- KEYS  1 producers (hash: session -> last batch)  2 pending  3 wake  4 paced  5 the session's last batch, once it ended
-- ARGV  1 session  2 batch number  3 '1' when a task says how long it will take  4... elements
-- Returns {status, last}: status 1 appended, 0 had it already, -1 refused.
-- Cost  O(batch). Does not run over the memory limit: a full queue refuses work rather than lose it.
local last = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or redis.call('GET', KEYS[5]) or '0')
local batch = tonumber(ARGV[2])
if batch <= last then
    return {0, last}
end
if batch > last + 1 then
    return {-1, last}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
each_chunk('RPUSH', KEYS[2], ARGV, 4, #ARGV)
if ARGV[3] == '1' then
    redis.call('SET', KEYS[4], '1')
end
wake(KEYS[3])
return {1, batch}
