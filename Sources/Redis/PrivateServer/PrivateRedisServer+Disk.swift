/// A disk that is slow or full. Each setting holds, over restarts too, until it is changed, and needs a server that was
/// started ready for power cuts.
extension PrivateRedisServer {
    /// Makes each fsync(2) and fdatasync(2) take at least this long, from the next one on.
    ///
    /// On a real disk that is this slow, a write(2) during a sync may have to wait for it too; here it does not.
    package func slowDown(fsync duration: Duration) throws(RedisError) { try recording.setSyncTime(duration) }

    /// Makes each write to a file fail for want of room (ENOSPC), or lets them succeed again.
    package func fillDisk(_ isFull: Bool) throws(RedisError) { try recording.setDiskFull(isFull) }

    /// What it has synced since its first start.
    package func syncActivity() throws(RedisError) -> SyncActivity { try recording.activity() }
}
