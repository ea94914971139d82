import SwiftProtobuf

extension PlacementOutcome {
    /// What a call's answer says.
    init(_ answer: MessageCalls.Answer<Fibq_Messaging_V1_Receipt>) {
        switch answer {
        case .reply(let receipt): self.init(receipt)
        case .failed(let status, let words): self.init(status, words)
        case .abandoned: self = .abandoned
        }
    }

    /// What a batch's answer says of each of its requests; one that failed as a whole failed for each.
    static func each(
        of answer: MessageCalls.Answer<Fibq_Messaging_V1_BatchReceipt>, count: Int
    ) -> [PlacementOutcome] {
        switch answer {
        case .reply(let batch) where batch.results.count == count:
            return batch.results.map { result in
                switch result.result {
                case .receipt(let receipt): PlacementOutcome(receipt)
                case .refusal(let refusal):
                    PlacementOutcome(MessageStatus(rawValue: Int(refusal.code)) ?? .unknown, refusal.words)
                case nil: .failed(.internal, "the sink left a result empty")
                }
            }
        case .reply(let batch):
            let words = "the sink answered \(batch.results.count) of \(count) requests"
            return Array(repeating: .failed(.internal, words), count: count)
        case .failed(let status, let words):
            return Array(repeating: PlacementOutcome(status, words), count: count)
        case .abandoned:
            return Array(repeating: .abandoned, count: count)
        }
    }

    private init(_ receipt: Fibq_Messaging_V1_Receipt) {
        self = receipt.repeated ? .repeated(receipt.number) : .placed(receipt.number)
    }

    private init(_ status: MessageStatus, _ words: String) {
        self = status == .failedPrecondition ? .superseded(words) : .failed(status, words)
    }
}
