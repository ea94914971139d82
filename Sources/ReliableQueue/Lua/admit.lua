-- admit: says whether a producer's batch is to be pushed by the transaction that follows, which watches the guard.
--
-- KEYS  1 producers (hash: session -> last batch)  2 the session's last batch, once it ended  3 the guard
-- ARGV  1 session  2 batch number
-- Returns {status, last}: status 1 push it, 0 had it already, -1 refused; not to be pushed, the guard is touched.
-- Cost  O(1).
local status, last = admit(KEYS[1], KEYS[2], ARGV[1], ARGV[2])
if status ~= 1 then
    redis.call('SET', KEYS[3], '')
    redis.call('DEL', KEYS[3])
end
return {status, last}
