-- admit: says whether a producer's batch is to be pushed by the transaction that follows, which watches the guard.
--
-- KEYS  1 producers (hash: session -> last batch)  2 the session's last batch, once it ended  3 the guard  4 pending
-- ARGV  1 session  2 batch number
-- Returns {status, last}: status 1 push it, 0 had it already, -1 refused; or an error. Not to be pushed, the guard is touched.
-- Cost  O(1).
local is_sound, status, last = pcall(admit, KEYS[1], KEYS[2], ARGV[1], ARGV[2])
local kind = redis.call('TYPE', KEYS[4])['ok']
if kind ~= 'list' and kind ~= 'none' then is_sound = false end
if not is_sound or status ~= 1 then
    redis.call('SET', KEYS[3], '')
    redis.call('DEL', KEYS[3])
end
if not is_sound then return redis.error_reply('WRONGTYPE the keys of the queue are not of this protocol') end
return {status, last}
