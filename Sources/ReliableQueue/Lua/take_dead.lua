-- take_dead: takes dead letters out, and puts them where tasks wait for a first attempt, or nowhere. Said twice it answers
-- what it answered the first time.
--
-- What is tried again has no result any more. (A dropped one's stays: that it failed is what came of it.)
--
-- KEYS  1 dead  2 pending  3 reasons  4 failures  5 wake  6 the answer, for a minute
--       7... where results are kept, in the letters' order
-- ARGV  1 'list', 'stream' (what pending is), 'bare' (a list, and nobody waits for the marker) or 'drop'
--       2... the field of a reason, element, '1' if its result was asked for
-- Returns how many were there.
-- Cost  O(elements × dead letters).
local answered = redis.call('GET', KEYS[6])
if answered then
    return tonumber(answered)
end
local taken, result = 0, 6
for i = 2, #ARGV, 3 do
    if ARGV[i + 2] == '1' then result = result + 1 end
    if redis.call('LREM', KEYS[1], 1, ARGV[i + 1]) == 1 then
        redis.call('HDEL', KEYS[3], ARGV[i])
        redis.call('HDEL', KEYS[4], ARGV[i])
        if ARGV[1] == 'list' or ARGV[1] == 'bare' then
            redis.call('RPUSH', KEYS[2], ARGV[i + 1])
        elseif ARGV[1] == 'stream' then
            redis.call('XADD', KEYS[2], '*', 'e', ARGV[i + 1])
        end
        if ARGV[1] ~= 'drop' and ARGV[i + 2] == '1' then redis.call('DEL', KEYS[result]) end
        taken = taken + 1
    end
end
if taken > 0 and (ARGV[1] == 'list' or ARGV[1] == 'stream') then wake(KEYS[5]) end
redis.call('SET', KEYS[6], taken, 'PX', 60000)
return taken
