-- leave: forgets a worker that will not claim again, and hands on its watch over what is delayed.
--
-- KEYS  1 the worker's record  2 delayed  3 wake
-- Returns 1.
-- Cost  O(1).
redis.call('UNLINK', KEYS[1])
if redis.call('ZCARD', KEYS[2]) > 0 then wake(KEYS[3]) end
return 1
