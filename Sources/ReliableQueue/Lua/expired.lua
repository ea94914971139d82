-- expired: the claims whose lease has run out, oldest first. Reads only.
--
-- KEYS  1 leases
-- ARGV  1 how many to name at most
-- Returns {ms until the next lease runs out, or -1 when there is none, claim id...}
-- Cost  O(log leases + ids).
local now = now_ms()
local ids = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
local next_lease = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. string.format('%.0f', now), '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return {next_lease[2] and tonumber(next_lease[2]) - now or -1, unpack(ids)}
