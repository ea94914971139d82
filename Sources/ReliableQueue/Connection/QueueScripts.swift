import Redis

/// The Lua scripts of the `lease` protocol. Each file says what its script takes, returns and costs.
enum QueueScripts {
    static let handshake = script("handshake", PackageResources.handshake_lua)
    /// The only one that a full server refuses, so that a full queue can still be drained.
    static let enqueue = script("enqueue", PackageResources.enqueue_lua, allowsOOM: false)
    static let claim = script("claim", PackageResources.claim_lua)
    static let ack = script("ack", PackageResources.ack_lua)
    static let ackTasks = script("ack_tasks", PackageResources.ack_tasks_lua)
    static let confirm = script("confirm", PackageResources.confirm_lua)
    static let renew = script("renew", PackageResources.renew_lua)
    static let release = script("release", PackageResources.release_lua)
    static let fail = script("fail", PackageResources.fail_lua)
    static let expired = script("expired", PackageResources.expired_lua)
    static let recover = script("recover", PackageResources.recover_lua)

    static let all = [
        handshake, enqueue, claim, ack, ackTasks, confirm, renew, release, fail, expired, recover,
    ]

    private static func script(_ name: String, _ body: [UInt8], allowsOOM: Bool = true) -> RedisScript {
        let source = String(decoding: PackageResources.prelude_lua + body, as: UTF8.self)
        return RedisScript(name: name, source: source, allowsOOM: allowsOOM)
    }
}
