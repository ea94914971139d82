import Redis

/// The Lua scripts of the protocols that have some. Each file says what its script takes, returns and costs; those named
/// `prelude`, `batch`, `burial`, `choice`, `failure`, `results` and `streams` hold what several share, and stand in front of
/// them.
enum QueueScripts {
    static let handshake = script("handshake", PackageResources.handshake_lua)

    static let forget = script("forget", PackageResources.forget_lua)
    static let leave = script("leave", PackageResources.leave_lua)
    // For the number of shards, whatever the protocol.
    static let openShards = script("open_shards", PackageResources.open_shards_lua)
    static let retireShards = script("retire_shards", PackageResources.retire_shards_lua)
    /// For dead letters, whatever the protocol.
    static let takeDead = script("take_dead", PackageResources.take_dead_lua)

    // For tasks whose results are kept, in the protocols without scripts.
    /// `lock`: ends a task.
    static let lockEnd = script("lock_end", PackageResources.results_lua, PackageResources.lock_end_lua)
    /// `pop`: keeps a result.
    static let keepResult = script("keep_result", PackageResources.results_lua, PackageResources.keep_result_lua)

    // `lease`
    /// Of a batch of a few tasks. The only kind that a full server refuses, so that a full queue can still be drained.
    static let enqueue = script(
        "enqueue", PackageResources.batch_lua, PackageResources.enqueue_lua, allowsOOM: false)
    /// Of a larger one. Without the prelude, of which it needs nothing, and without comments: it travels with every batch.
    static let admit = RedisScript(
        name: "admit",
        source: String(decoding: PackageResources.batch_lua + PackageResources.admit_lua, as: UTF8.self)
            .split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("--") }.joined(separator: "\n"),
        allowsOOM: true)
    static let claim = script("claim", PackageResources.choice_lua, PackageResources.claim_lua)
    static let ack = script("ack", PackageResources.ack_lua)
    static let ackTasks = script("ack_tasks", PackageResources.ack_tasks_lua)
    static let ackResults = script("ack_results", PackageResources.results_lua, PackageResources.ack_results_lua)
    static let confirm = script("confirm", PackageResources.confirm_lua)
    static let renew = script("renew", PackageResources.renew_lua)
    static let release = script("release", PackageResources.release_lua)
    static let fail = script(
        "fail", PackageResources.results_lua, PackageResources.burial_lua, PackageResources.failure_lua,
        PackageResources.fail_lua)
    static let expired = script("expired", PackageResources.expired_lua)
    static let recover = script(
        "recover", PackageResources.results_lua, PackageResources.burial_lua, PackageResources.recover_lua)

    /// Those of `lease`.
    static let lease = [
        handshake, forget, leave, enqueue, claim, ack, ackTasks, ackResults, confirm, renew, release, fail, expired,
        recover,
    ]

    // `stream`
    static let streamGroups = script("stream_groups", PackageResources.stream_groups_lua)
    /// The only kind that a full server refuses, so that a full queue can still be drained.
    static let streamEnqueue = script(
        "stream_enqueue", PackageResources.batch_lua, PackageResources.stream_enqueue_lua, allowsOOM: false)
    static let streamClaim = script(
        "stream_claim", PackageResources.choice_lua, PackageResources.streams_lua, PackageResources.stream_claim_lua)
    static let streamAck = script("stream_ack", PackageResources.streams_lua, PackageResources.stream_ack_lua)
    static let streamAckResults = script(
        "stream_ack_results", PackageResources.results_lua, PackageResources.streams_lua,
        PackageResources.stream_ack_results_lua)
    static let streamConfirm = script(
        "stream_confirm", PackageResources.streams_lua, PackageResources.stream_confirm_lua)
    static let streamRenew = script("stream_renew", PackageResources.streams_lua, PackageResources.stream_renew_lua)
    static let streamRelease = script(
        "stream_release", PackageResources.streams_lua, PackageResources.stream_release_lua)
    static let streamFail = script(
        "stream_fail", PackageResources.results_lua, PackageResources.burial_lua, PackageResources.failure_lua,
        PackageResources.streams_lua, PackageResources.stream_fail_lua)
    static let streamRecover = script(
        "stream_recover", PackageResources.results_lua, PackageResources.burial_lua, PackageResources.streams_lua,
        PackageResources.stream_recover_lua)

    /// Those of `stream`.
    static let stream = [
        handshake, forget, leave, streamGroups, streamEnqueue, streamClaim, streamAck, streamAckResults,
        streamConfirm, streamRenew, streamRelease, streamFail, streamRecover,
    ]

    private static func script(_ name: String, _ parts: [UInt8]..., allowsOOM: Bool = true) -> RedisScript {
        let source = String(decoding: PackageResources.prelude_lua + parts.joined(), as: UTF8.self)
        return RedisScript(name: name, source: source, allowsOOM: allowsOOM)
    }
}
