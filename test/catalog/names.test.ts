// What names say: positives with a fitting owner, look-alikes that must stay quiet, claims, pinyin and Chinese.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { NameMatch } from '#model/catalog';
import { loadShippedNames } from './rules.ts';

const test = suite('names');
const { names } = loadShippedNames();

const classify = (text: string, siblings?: readonly string[]): NameMatch | undefined => {
  const [name = '', ...owners] = text.split('@');
  return names.classify({ name, owners, ...(siblings === undefined ? {} : { siblings }) });
};

/** Element id, then names with their owners behind @, nearest first. */
const FOUND: readonly (readonly [string, string])[] = [
  ['person-name', 'realName fullName customerName CUST_NAME CUST_NM CLIENT_NAME@User firstName first_name lastName shopperName nickname@User name@User name@UserDto@user name@Customer displayName@currentUser 姓名 客户姓名 真实姓名 申请人 ownerName@Customer realname firstname'],
  ['cardholder-name', 'cardholderName cardHolder CARD_HOLDER nameOnCard accountHolderName name@Card 持卡人姓名'],
  ['id-card-number', 'idCard idCardNo ID_CARD_NO idCardNumber IdCardNumber nationalIdNumber LegalIdCardNumber residentId citizenId identityNo sfzh sfzhm 身份证号 身份证 甲方身份证号 公民身份号码 userIDCard idcardno'],
  ['id-document-number', 'certNo@User idNo@Applicant documentKey@IdentityDocument number@IdentityDocument CERT_NO@customer zjhm 证件号码'],
  ['id-document-image', 'idCardFront IdCardFrontImg idCardBack certPhoto imageBase64@IdCard 证件照片'],
  ['passport-number', 'passportNo passportNumber PassportID number@Passport 护照号'],
  ['driver-license-number', 'driverLicenseNo drivingLicence DRIVER_LICENSE_NUMBER 驾驶证号'],
  ['us-social-security-number', 'ssn socialSecurityNumber SSN itin'],
  ['tax-identification-number', 'taxpayerIdNo TaxpayerIdNo taxId@User tin 纳税人识别号'],
  ['gender', 'gender sex 性别'],
  ['date-of-birth', 'dateOfBirth dob birthday birthDate BIRTH_DT 出生日期'],
  ['age', 'age@User age@patient 年龄'],
  ['nationality', 'nationality 国籍'],
  ['religion', 'religion 宗教信仰'],
  ['portrait-photo', 'portrait@User avatar@user facePhoto 照片'],
  ['face-feature', 'faceImage faceFeature BestFrame FACE_IMAGE 人脸特征'],
  ['voiceprint', 'voiceprint 声纹'],
  ['fingerprint', 'fingerprintTemplate fingerprint@User 指纹'],
  ['mobile-phone', 'mobile mobileNo mobilePhone phone phoneNo phoneNumber phoneNum cellphone msisdn handPhone Mobile PhoneNumber applicantMobile ApproverMobile MBL_NO MOBILE_NO phoneNumbers 手机号 手机号码 联系电话 患者手机号 提交人手机号'],
  ['landline-phone', 'telephone telephoneNumber landline HOME_TEL 固定电话'],
  ['email-address', 'email emailAddress EMAIL_ADDR E_MAIL shopperEmail userEmail emails newEmail email2 emailValue useremail $email contactEmail 邮箱 电子邮箱'],
  ['home-address', 'homeAddress residenceAddr mailingAddress billingAddress address@User CUST_ADDR street@Address shippingAddressLine1 地址 家庭住址 收货地址'],
  ['postal-code', 'postalCode zipCode postcode zip@Address 邮政编码'],
  ['instant-messaging-account', 'openId openid unionId wechatId buyer_open_id 微信号'],
  ['customer-number', 'custNo customerNo CUST_NO cifNo ecifNo 客户号'],
  ['login-name', 'loginName userName username LOGIN_NAME loginId 用户名'],
  ['bank-account-number', 'accountNo accountNumber acctNo ACCT_NO bankAccountNumber custAcctNo SubAcctNo debitAcctNo settleAcctNo AccountNo number@BankAccount accountNumbers 银行账号 账号'],
  ['iban', 'iban debtorIban creditorIban bban'],
  ['bank-card-number', 'cardNo cardNumber bankCardNo bankCard pan@Card primaryAccountNumber creditCard creditcard number@Card number@creditCard PAN@CardDetails CARD_NO 卡号 银行卡号'],
  ['card-number-truncated', 'cardLast4 lastFour maskedPan maskedCardNo last4@card 卡号后四位'],
  ['card-expiry', 'cardExpiry expiryMonth expiryYear expiryDate@Card cardExpireDate validThru'],
  ['card-verification-code', 'cvv cvv2 cvc CVN2 cardVerifyCode securityCode@Card cardCvv'],
  ['track-data', 'track2 track2Data trackData secondTrack TRK2_DATA'],
  ['chip-data', 'ICCardData iccData emvData field55'],
  ['pin', 'pinCode cardPin atmPin pin@Card CARD_PIN'],
  ['pin-block', 'pinBlock PIN_BLOCK'],
  ['login-password', 'password passwd pwd passWord oldPassword newPassword confirmPassword repeatPassword userPassword USER_PWD plainPassword passwordConfirmation 密码 登录密码'],
  ['password-hash', 'passwordHash hashedPassword password_digest encryptedPassword'],
  ['transaction-password', 'payPassword tradePwd PAY_PWD payPwd 支付密码'],
  ['otp-code', 'otp otpCode smsCode verifyCode verificationCode SMS_CODE dynamicCode totpToken code@Otp code@smsVerification 验证码 短信验证码'],
  ['otp-seed', 'totpSecret otpSeed twoFactorSecret mfaSecret 2faSecret'],
  ['security-question-answer', 'securityAnswer pwdAnswer answer@SecurityQuestion 密保答案'],
  ['session-token', 'totp_tmp_token tmpToken temporaryToken sessionId jwt authToken token token@Session userToken JSESSIONID idToken sessionToken token@authentication'],
  ['refresh-or-access-token', 'accessToken access_token refreshToken bearerToken githubAccessToken authorization@headers Authorization@headers accesstoken'],
  ['reset-token', 'resetToken passwordResetToken emailVerificationToken token@Invitation'],
  ['api-key', 'apiKey API_KEY clientSecret secretAccessKey appSecret STRIPE_SECRET_KEY xApiKey'],
  ['signing-or-encryption-key', 'privateKey jwtSecret encryptionKey webhookSecret sm4Key secret@Webhook 私钥'],
  ['service-password', 'dbPassword DB_PASS smtpPassword REDIS_PASSWORD'],
  ['connection-string', 'connectionString databaseUrl MONGO_URI'],
  ['account-balance', 'accountBalance availableBalance balance@Account balance@wallet ACCT_BAL 余额 账户余额'],
  ['income', 'annualIncome salary income@Customer 月收入'],
  ['credit-score', 'creditScore ficoScore'],
  ['loan-information', 'loanAmount loanBalance LOAN_AMT amount@Loan 贷款金额'],
  ['transaction-amount', 'transactionAmount txnAmt TRAN_AMT payAmount amount@Transaction amount@payment 交易金额'],
  ['counterparty-name', 'payeeName payerName creditorName debtorName counterPartyName name@Payee 收款人'],
  ['counterparty-account', 'payeeAcct creditorAccount debtorAccount counterPartyAccountNumber accountNumber@Beneficiary 收款账号'],
  ['transaction-memo', 'remittanceInformationUnstructured remark@Transaction description@payment'],
  ['imei', 'imei deviceId'],
  ['ip-address', 'ipAddress clientIp remoteIp userIp loginIp ip@req ip IP_ADDR IP地址'],
  ['mac-address', 'macAddress bssid MAC地址'],
  ['precise-location', 'geolocation latitude@User lng@coords 经度'],
  ['health-information', 'healthInfo medicalHistory bloodType 健康状况'],
  ['unified-social-credit-code', 'socialCreditCode uscc 统一社会信用代码'],
];

for (const [element, list] of FOUND) {
  test(`finds ${element}`, () => {
    for (const text of list.split(' ')) {
      const match = classify(text);
      assert.is(match?.element, element, text);
      assert.is.not(match?.confidence, 'low', `${text} is low`);
    }
  });
}

/** Why it is quiet, then the names. */
const QUIET: readonly (readonly [string, string])[] = [
  ['kind, not value', 'cardType idCardType accountType certNoType IncomeType addressType captchaType balanceType currencyType tokenType emailType'],
  ['rule, format, policy', 'passwordPolicy passwordStrength minPasswordLength phoneRegex emailPattern pwdRules ibanFormat pinRequired pinTriesExceeded verifyCodeLength'],
  ['state, flag', 'isPhoneVerified isIdCardValid hasBankCard isPasswordVisible isShowPassword passwordNeverExpires IsIdNumConsistent accountHolderStatus threeDAuthenticated emailVerified emailEnabled showPassword phoneConfirmed noEmail'],
  ['user interface', 'passwordPlaceholder mobilePlaceholder mobileSignInFormTitle InputPassword passwordInputType iconCellphone phoneWidth cardLabel nameIcon ChangePasswordDialogComponent cardLayout emailLabel passwordButton'],
  ['template, message, address of a resource', 'emailTemplate smsTemplateId idCardUploadUrl addressBookUrl emailConfiguration MobileGuideUrl avatarUrl emailService passwordMessage'],
  ['function', 'sendPasswordToEmail handleResetPwd getAccessTokenPage resetPasswordForm changePassword resetPassword validateEmail getEmail findByEmail usersByEmail changePasswordBenderChallenge isRefreshToken'],
  ['network and platform', 'ipWhitelist ipBlacklist baseAddress macOS hostName nameSpace className fileName serviceAccount crossAccount GLAccount tenantIdentifier'],
  ['collision by substring', 'microphone headphones tooltip clipRule skipLabel flipOptions membershipCount isFrameworkPinned setScrollportPin spinner panel expand company japan payload reload database message usage page maxAge'],
  ['other meaning', 'bidNo midNo paidNo voidNo tokenIdNo tokenizer designToken csrfToken xsrfToken cancelToken pageToken nextPageToken tokens tokenCount maxTokens promptTokens syntaxToken livenessProbe healthCheck trackBy audioTrack certificate CertNotBefore passport fingerprint signature loadBalancer guard state location prompt statusCode errorCode code key number name'],
  ['the thing is not a person', 'name@Product name@Category name@file productName categoryName fileName@User name@Theme title@User number@Page code@Country amount@Product token@Lexer address@Server balance@Color'],
  ['surrogate keys', 'userId customerId@Order cardId accountId id@User paymentId'],
  ['labels in Chinese', '手机号类型 密码长度 邮箱模板 获取验证码 请输入手机号 忘记密码 图形验证码 接口地址 我们将发送验证码到您的手机'],
  ['short pinyin alone', 'xm zh mm kh dz id no db sj'],
];

for (const [reason, list] of QUIET) {
  test(`quiet: ${reason}`, () => {
    for (const text of list.split(' ')) assert.is(classify(text)?.element, undefined, text);
  });
}

test('claims lower the confidence and clear nothing', () => {
  for (const [text, element, claim] of [
    ['maskedTelephoneNumber', 'landline-phone', 'mask'],
    ['encryptedCardNumber', 'bank-card-number', 'encrypt'],
    ['UserPhoneEncrypt', 'mobile-phone', 'encrypt'],
    ['phoneCipher', 'mobile-phone', 'encrypt'],
    ['encryptedPinBlock', 'pin-block', 'encrypt'],
    ['emailHash', 'email-address', 'hash'],
    ['hashedSsn', 'us-social-security-number', 'hash'],
    ['emailBase64', 'email-address', 'encode'],
    ['tuominPhone', 'mobile-phone', 'mask'],
  ] as const) {
    const match = classify(text);
    assert.equal([match?.element, match?.claim, match?.confidence], [element, claim, claim === 'encode' ? 'high' : 'low'], text);
  }
  assert.is(classify('cardNumber')?.claim, undefined);
});

test('confidence and witness', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['email', 'high', 'own-name'],
    ['name@User', 'high', 'owner-name'],
    ['customerName', 'high', 'own-name'],
    ['token', 'medium', 'own-name'],
    ['token@Session', 'high', 'owner-name'],
    ['amount', 'low', 'own-name'],
    ['balance@Account', 'high', 'owner-name'],
    ['stripeApiKey', 'medium', 'own-name'],
    ['emailField', 'low', 'own-name'],
    ['email@User', 'high', 'owner-name'],
  ];
  for (const [text, confidence, witness] of table) assert.equal([classify(text)?.confidence, classify(text)?.witness], [confidence, witness], text);
});

test('the nearest owner decides, wrappers are seen through', () => {
  assert.is(classify('name@CreateUserDto')?.element, 'person-name');
  assert.is(classify('name@t_user')?.element, 'person-name');
  assert.is(classify('name@unknownThing@user')?.element, 'person-name');
  assert.is(classify('name@Product@user'), undefined);
  assert.is(classify('name'), undefined);
});

test('siblings are a second witness', () => {
  assert.is(classify('name', ['email', 'phone', 'name'])?.element, 'person-name');
  assert.is(classify('name', ['price', 'stock', 'name']), undefined);
  assert.is(classify('certNo', ['custName', 'mobileNo'])?.element, 'id-document-number');
  assert.is(classify('xm', ['xm', 'sfzh', 'lxdh', 'csrq'])?.element, 'person-name');
  assert.is(classify('dz', ['姓名', '手机号', '地址'])?.element, 'home-address');
  assert.is(classify('xm', ['name', 'price']), undefined);
});

test('pinyin alone: full words and joined initials', () => {
  assert.is(classify('shoujihao')?.element, 'mobile-phone');
  assert.is(classify('jysfzh')?.element, 'id-card-number');
  assert.is(classify('xfaqglrsjhm')?.element, 'mobile-phone');
  assert.is(classify('frsfzh')?.element, 'id-card-number');
});

test('entities', () => {
  const of = (list: string): readonly (string | undefined)[] => list.split(' ').map((name) => names.entity(name)?.id);
  assert.equal(new Set(of('user currentUser UserEntity CreateUserDto IUser users userInfo user_data UserModel t_user newUser customers Employee createdByUser 用户 客户信息')), new Set(['person']));
  assert.equal(new Set(of('UserService userController userId UserRole userAgent userCount getUser httpClientFactory isUser userType assetProfile filtersByUser email')), new Set([undefined]));
  assert.equal(of('bankAccount creditCard transactions payeeInfo productDto'), ['account', 'card', 'transaction', 'counterparty', 'thing']);
  assert.equal(names.entity('apiClient')?.carries ?? [], []);
  assert.ok(names.entity('user')?.carries.includes('email-address'));
});

test('look-alikes', () => {
  for (const name of 'isEmailValid emailTemplate passwordPlaceholder csrfToken getEmail userService cardType 手机号类型'.split(' ')) assert.ok(names.isLookAlike(name), name);
  for (const name of 'email name foo user userForm password customerName idCard type'.split(' ')) assert.not(names.isLookAlike(name), name);
});

test('odd input does not throw', () => {
  for (const name of ['', ' ', '$', '_', '1', '💳', 'constructor', '__proto__', 'a'.repeat(10_000)]) {
    assert.is(classify(name), undefined);
    assert.is(names.entity(name), undefined);
  }
});

test('the same question, the same answer', () => {
  const query = { name: 'name', owners: ['User'] };
  assert.is(names.classify(query), names.classify({ ...query }));
});

test.run();
