-- expired: the claims whose lease has run out, oldest first. Where something waits to be claimed it sets the wake-up
-- marker, too: the worker that took the marker may have died, or sleep, before it claimed.
--
-- KEYS  1 leases  2 pending  3 retry  4 delayed  5 wake
-- ARGV  1 how many to name at most
-- Returns {ms until the next lease runs out, or -1 when there is none, claim id...}
-- Cost  O(log leases + ids).
local now = now_ms()
if redis.call('LLEN', KEYS[2]) + redis.call('LLEN', KEYS[3]) > 0 or redis.call('ZCOUNT', KEYS[4], '-inf', now) > 0 then
    wake(KEYS[5])
end
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
local next_lease = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return {next_lease[2] and tonumber(next_lease[2]) - now or -1, unpack(ids)}
