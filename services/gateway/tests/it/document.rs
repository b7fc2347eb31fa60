//! The document of these tests.

use serde_json::{Value, json};

/// A document with an operation of every sort.
pub fn document() -> Value {
    let answers = json!({"200": {"description": "An answer."}});
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}});
    let get = |service: &str, parameters: Value| json!({"x-service": service, "parameters": parameters, "responses": answers});
    let send = |service: &str, required: bool, content: Value| json!({"x-service": service, "responses": answers, "requestBody": {"required": required, "content": content}});
    let json_of =
        |schema: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}});
    let mut private = get("submissions", json!([]));
    private["security"] = json!([{"bearer": []}]);
    let mut session = send("accounts", true, json_of("NewSession"));
    session["x-guessable"] = json!(true);
    let mut code = send("accounts", true, json_of("NewSession"));
    code["x-guessable"] = json!(true);
    let mut token = send(
        "accounts",
        true,
        json!({"application/x-www-form-urlencoded": {"schema": {
        "$ref": "#/components/schemas/TokenRequest"}}}),
    );
    token["x-guessable"] = json!(true);
    token["x-claimed-by"] = json!("client_id");
    let mut signed = get("submissions", json!([]));
    signed["x-signed"] = json!(true);
    let mut either = get("submissions", json!([]));
    either["security"] = json!([{}, {"bearer": []}]);
    let key = json!([{"$ref": "#/components/parameters/Key"}]);
    let version = json!([{"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}]);
    json!({
        "openapi": "3.1.0",
        "info": {"title": "A small one", "version": "1"},
        "paths": {
            "/api/v1/sessions": {"post": session},
            "/api/v1/codes": {"post": code},
            "/api/v1/signed": {"get": signed},
            "/api/v1/oauth/token": {"post": token},
            "/api/v1/dossiers": {
                "get": get("submissions", json!([
                    {"name": "page_size", "in": "query", "schema": {"type": ["integer", "null"], "minimum": 1}},
                    {"name": "open", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "agency", "in": "query", "schema": {"type": "string", "format": "agency-code"}},
                    {"name": "field", "in": "query", "example": "ho-tich", "schema": {"type": "string", "pattern": "^[a-z-]+$"}},
                    {"name": "status", "in": "query", "schema": {"$ref": "#/components/schemas/Status"}},
                    {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string", "minLength": 2}}},
                ])),
                "post": send("submissions", true, json!({"application/json": {
                    "schema": {"$ref": "#/components/schemas/NewDossier"},
                    "example": {"procedure": "1.000656", "applicant": {"name": "An"}, "copies": 2}}})),
            },
            "/api/v1/dossiers/{id}": {
                "parameters": [id],
                "get": get("submissions", json!([])),
                "put": send("submissions", false, json!({"application/json": {}})),
                "delete": get("submissions", json!([])),
            },
            "/api/v1/dossiers/{id}/withdrawal": {"parameters": [id], "post": get("submissions", key),
                "patch": get("submissions", version)},
            "/api/v1/dossiers/{id}/documents": {
                "parameters": [id],
                "get": get("submissions", json!([])),
                "post": send("submissions", true, json!({"image/*": {}, "application/pdf": {}})),
            },
            "/api/v1/private": {"get": private, "post": {
                "x-service": "submissions", "security": [{"bearer": []}], "responses": answers,
                "requestBody": {"content": json_of("NewDossier")}}},
            "/api/v1/either": {"get": either},
            "/api/v1/payments/ipn": {"get": get("payments", json!([{
                "name": "params", "in": "query", "style": "form", "explode": true,
                "schema": {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "integer"}},
                    "additionalProperties": {"type": "string", "maxLength": 8}}}]))},
            "/api/v1/messages": {"get": get("notifications", json!([]))},
            "/api/v1/payment-orders": {"get": get("payments", json!([]))},
        },
        "components": {
            "parameters": {"Key": {"name": "Idempotency-Key", "in": "header", "required": true,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255}}},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            "schemas": {
                "Status": {"type": "string", "enum": ["DRAFT", "SUBMITTED"]},
                "NewSession": {"type": "object"},
                "TokenRequest": {"type": "object", "required": ["grant_type"], "properties": {
                    "grant_type": {"type": "string", "enum": ["client_credentials"]}, "client_id": {"type": "string"}, "scope": {"type": "string"}}},
                "NewDossier": {"type": "object", "required": ["procedure", "applicant"], "additionalProperties": false,
                    "properties": {
                        "procedure": {"type": "string", "pattern": "^[0-9]\\.[0-9]{6}$"},
                        "applicant": {"$ref": "#/components/schemas/Person"},
                        "copies": {"type": "integer", "minimum": 1, "maximum": 10},
                        "answers": {"type": "object"},
                    }},
                "Guardian": {"type": "object", "required": ["phone"], "properties": {
                    "phone": {"type": "string", "format": "phone"}}},
                "Person": {"type": "object", "required": ["name"], "additionalProperties": false, "properties": {
                    "name": {"type": "string", "minLength": 1, "maxLength": 20},
                    "born": {"type": "string", "format": "date"},
                    "phone": {"type": "string", "format": "phone", "maxLength": 30},
                    "guardian": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Guardian"}]},
                    "number": {"type": "string", "format": "citizen-number"}}},
            },
        },
    })
}
