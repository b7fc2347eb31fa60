//! What MoMo's result codes say became of a payment.

/// What a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Paid,
    Failed,
    NotFinished,
    Unclear,
    /// Nothing about the payment: about the question.
    Nothing,
}

/// By what MoMo tells unasked. 9000 holds money that is not taken yet.
pub(super) fn of_notification(code: &str) -> Told {
    match of_answer(code) {
        told @ (Told::Paid | Told::Failed) => told,
        Told::NotFinished | Told::Unclear | Told::Nothing => Told::Unclear,
    }
}

/// By an answer to a question: 42 is a payment that was never opened, 1000 waits for the payer, 7000 and 7002 are at work.
pub(super) fn of_answer(code: &str) -> Told {
    match code {
        "0" => Told::Paid,
        "42" | "1000" | "7000" | "7002" | "9000" => Told::NotFinished,
        "1001" | "1002" | "1003" | "1004" | "1005" | "1006" | "1007" | "1017" | "1026" | "4001" | "4100" => {
            Told::Failed
        }
        _ => Told::Nothing,
    }
}
