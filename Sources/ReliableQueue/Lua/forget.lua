-- forget: ends a producer's session. Its last batch is remembered for longer than a request can be late: one that arrives
-- after the end would look like a new session's first.
--
-- KEYS  1 producers (hash: session -> last batch)  2 the session's last batch, once it ended  3 the session's guard; see admit
-- ARGV  1 session  2 ms to remember it
-- Returns 1.
-- Cost  O(1).
local last = redis.call('HGET', KEYS[1], ARGV[1])
if last then
    redis.call('SET', KEYS[3], '')
    redis.call('DEL', KEYS[3])
    redis.call('SET', KEYS[2], last, 'PX', ARGV[2])
    redis.call('HDEL', KEYS[1], ARGV[1])
end
return 1
