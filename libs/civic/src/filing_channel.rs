//! By which channel a dossier comes in.

closed_list! {
    /// How a dossier comes in: fees and time limits may differ by it.
    pub enum FilingChannel: "a filing channel" {
        /// Trực tuyến: on the pages or by the API.
        Online = "ONLINE",
        /// Trực tiếp: handed in at the counter.
        Direct = "DIRECT",
        /// Qua dịch vụ bưu chính công ích: by the public post.
        Post = "POST",
    }
}
