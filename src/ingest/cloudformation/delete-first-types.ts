/** Types whose replacement deletes the old object before it creates the new one; all others create first. */

/** `replacementStrategy: delete_then_create` in the resource schemas (cfn-lint 1.51, us-east-1). */
const TYPES = `Backup::RestoreTestingSelection CleanRooms::AnalysisTemplate CleanRooms::ConfiguredTableAssociation
  CleanRooms::PrivacyBudgetTemplate Connect::Rule DirectConnect::Connection DirectConnect::Lag
  DirectConnect::PrivateVirtualInterface DirectConnect::PublicVirtualInterface DirectConnect::TransitVirtualInterface
  EC2::EIPAssociation EC2::LocalGatewayRouteTable EC2::LocalGatewayRouteTableVirtualInterfaceGroupAssociation
  EC2::LocalGatewayVirtualInterface EC2::LocalGatewayVirtualInterfaceGroup EC2::NetworkInterfaceAttachment
  EC2::SubnetNetworkAclAssociation EC2::SubnetRouteTableAssociation EC2::TransitGatewayConnectPeer EC2::TransitGatewayRoute
  EC2::TransitGatewayRouteTableAssociation EC2::VPCDHCPOptionsAssociation EC2::VPCGatewayAttachment EC2::VPNConcentrator
  EC2::VPNConnection EKS::Capability EKS::IdentityProviderConfig FSx::S3AccessPointAttachment
  Glue::IdentityCenterConfiguration IVS::StreamKey IoT::CertificateProvider IoTTwinMaker::SyncJob KafkaConnect::Connector
  LakeFormation::DataCellsFilter LakeFormation::PrincipalPermissions LakeFormation::Tag LakeFormation::TagAssociation
  Logs::AccountPolicy Logs::Integration Logs::MetricFilter Logs::SubscriptionFilter ODB::CloudAutonomousVmCluster
  ODB::CloudExadataInfrastructure ODB::CloudVmCluster ODB::OdbNetwork ODB::OdbPeeringConnection Oam::Link
  OpenSearchServerless::VpcEndpoint Personalize::Dataset Rekognition::StreamProcessor Route53Profiles::ProfileAssociation
  SageMaker::ProcessingJob SecurityHub::HubV2 SecurityLake::AwsLogSource SecurityLake::DataLake SecurityLake::Subscriber
  SecurityLake::SubscriberNotification Shield::Protection Shield::ProtectionGroup UXC::AccountCustomization
  Wisdom::Assistant Wisdom::AssistantAssociation Wisdom::KnowledgeBase`;

const DELETE_FIRST: ReadonlySet<string> = new Set(TYPES.split(/\s+/).map((name) => `AWS::${name}`));

export function deletesFirst(type: string): boolean {
  return DELETE_FIRST.has(type);
}
