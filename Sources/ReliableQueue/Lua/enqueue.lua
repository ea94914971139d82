-- enqueue: appends a producer's next batch of a few tasks, once. A larger one is pushed by a transaction; see admit.
--
-- KEYS  1 producers (hash: session -> last batch)  2 pending  3 wake  4 paced  5 the session's last batch, once it ended
-- ARGV  1 session  2 batch number  3 '1' when a task says how long it will take  4... elements
-- Returns {status, last}: status 1 appended, 0 had it already, -1 refused.
-- Cost  O(batch). Does not run over the memory limit: a full queue refuses work rather than lose it.
local status, last = admit(KEYS[1], KEYS[5], ARGV[1], ARGV[2])
if status == 1 then
    redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
    redis.call('RPUSH', KEYS[2], unpack(ARGV, 4))
    if ARGV[3] == '1' then redis.call('SET', KEYS[4], '1') end
    wake(KEYS[3])
end
return {status, last}
