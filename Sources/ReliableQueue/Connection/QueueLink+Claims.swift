import Redis

// What the protocols whose claims end by scripts do alike.
extension QueueLink {
    /// Acks single tasks by one script for each portion, all in one round trip.
    ///
    /// - Parameter append: appends the script of a portion, which answers 1 or 0 for each of its tasks.
    func ack(_ portions: [ClaimPortion], _ append: (ClaimPortion) -> Void) throws(QueueError) -> [[AckAnswer]] {
        try resilient { isRepeated throws(RedisError) in
            for portion in portions { append(portion) }
            var answers: [[AckAnswer]] = []
            for portion in portions {
                let taken = try connection.receive().flags(portion.tasks.count)
                answers.append(portion.settle(by: taken, isRepeated: isRepeated))
            }
            return answers
        }
    }

    /// Takes a failed task out of its claim by a script.
    ///
    /// - Parameters:
    ///   - script: `fail` or another with the same arguments.
    ///   - names: the keys that it takes; that of the task's result comes after them.
    ///   - writeHolder: writes the two arguments that say which claim holds the task.
    func fail(
        _ task: Int, of claim: Claim, _ failure: TaskFailure, by script: RedisScript, keys names: [String],
        _ keys: QueueKeys, _ configuration: QueueConfiguration, _ writeHolder: (inout CommandWriter) -> Void
    ) throws(QueueError) -> FailureAnswer {
        let result = claim.keptFailure(task, reason: failure.reason).map { keys.result($0.task) }
        return try resilient { isRepeated throws(RedisError) in
            append(script, keys: names + (result.map { [$0] } ?? []), arguments: 8) { writer in
                writeHolder(&writer)
                writer.argument(claim, task: task)
                writer.argument(failure.reason)
                writer.argument(failure.isRetryable ? configuration.mostFailures : 0)
                writer.argument(Int(configuration.firstDelay.milliseconds))
                writer.argument(Int(configuration.longestDelay.milliseconds))
                writer.argument(String(Double.random(in: 0.5...1)))
            }
            let answer = try FailureAnswer(decoding: connection.receive())
            // Said twice, the first time may have taken it out.
            if answer != .stale || isRepeated { claim.settle(task) }
            return answer
        }
    }
}

extension RedisReply {
    /// As many ones and zeros.
    func flags(_ count: Int) throws(RedisError) -> [Bool] {
        var flags: [Bool] = []
        flags.reserveCapacity(count)
        for index in 0..<count { flags.append(try integer(at: index) == 1) }
        return flags
    }
}

extension ClaimPortion {
    /// Notes which of its tasks the server has taken out of the claim, and answers for each.
    fileprivate func settle(by taken: [Bool], isRepeated: Bool) -> [AckAnswer] {
        zip(tasks, taken).map { task, isTaken in
            // Said twice, the first time may have taken it out.
            if isTaken || isRepeated { claim.settle(task) }
            return isTaken ? .acked : isRepeated ? .unknown : .stale
        }
    }
}

extension FailureAnswer {
    /// Reads a script's answer.
    fileprivate init(decoding reply: borrowing RedisReply) throws(RedisError) {
        self =
            switch try reply.integer(at: 0) {
            case 1: .delayed(.milliseconds(try reply.integer(at: 1)))
            case 2: .dead
            default: .stale
            }
    }
}
